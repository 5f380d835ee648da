package org.jameschatmail.core.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackupFileTest {
    private static final BackupManifest MANIFEST =
            new BackupManifest("chat.example", Instant.parse("2026-11-23T12:00:00Z"), true);

    @TempDir
    private Path folder;

    private Path data;
    private Path file;

    @BeforeEach
    void fillDataDirectory() throws IOException {
        data = folder.resolve("data");
        file = folder.resolve("backup.zip");
        put("admin-token", "secret");
        put("dkim/dkim.pem", "a key");
        put("database/seg0/c10.dat", "x".repeat(200_000));
        put("database/log/log1.dat", "");
        put("logs/chatmail.log", "a line");
        put("tmp/5.eml", "on its way");
        put("lock", "1");
        put("admin-token.part", "half");
    }

    private void put(String name, String content) throws IOException {
        Path at = data.resolve(name);
        Files.createDirectories(at.getParent());
        Files.writeString(at, content);
    }

    private void backUp() throws IOException {
        try (OutputStream stream = Files.newOutputStream(file);
                BackupWriter writer = new BackupWriter(stream, MANIFEST)) {
            writer.addSettings(data);
            writer.addDatabase(data.resolve(BackupWriter.DATABASE));
        }
    }

    private static List<String> filesOf(Path root) throws IOException {
        try (Stream<Path> tree = Files.walk(root)) {
            return tree.filter(Files::isRegularFile)
                    .map(path -> root.relativize(path).toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void restoreShouldBringBackWhatIsKept() throws IOException {
        backUp();
        Path restored = Files.createDirectory(folder.resolve("restored"));
        try (BackupFile backup = BackupFile.open(file)) {
            assertThat(backup.manifest()).isEqualTo(MANIFEST);
            backup.check();
            backup.restore(restored);
        }
        assertThat(filesOf(restored))
                .containsExactly("admin-token", "database/log/log1.dat", "database/seg0/c10.dat", "dkim/dkim.pem");
        assertThat(restored.resolve("database/seg0/c10.dat"))
                .hasSameBinaryContentAs(data.resolve("database/seg0/c10.dat"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(restored.resolve("dkim/dkim.pem"))))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(restored.resolve("dkim"))))
                .isEqualTo("rwx------");
    }

    @Test
    void restoreShouldRefuseDirectoryWithAnythingInIt() throws IOException {
        backUp();
        try (BackupFile backup = BackupFile.open(file)) {
            assertThatThrownBy(() -> backup.restore(data))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("isn't empty");
        }
        assertThat(data.resolve("admin-token")).hasContent("secret");
    }

    @Test
    void openShouldRefuseBackupThatWasCutOff() throws IOException {
        backUp();
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length - 30));
        assertThatThrownBy(() -> BackupFile.open(file)).isInstanceOf(IOException.class);
    }

    @Test
    void restoreShouldChangeNothingWhenBackupIsDamaged() throws IOException {
        backUp();
        byte[] octets = Files.readAllBytes(file);
        int inTheKey = new String(octets, StandardCharsets.ISO_8859_1).indexOf("dkim/dkim.pem") + 16;
        octets[inTheKey] ^= 1;
        Files.write(file, octets);
        Path restored = Files.createDirectory(folder.resolve("restored"));
        try (BackupFile backup = BackupFile.open(file)) {
            assertThatThrownBy(backup::check).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> backup.restore(restored)).isInstanceOf(IOException.class);
        }
        assertThat(filesOf(restored)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../outside", "/outside", "a/../../outside", "."})
    void restoreShouldStayInTheDirectory(String name) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            add(zip, BackupManifest.ENTRY, MANIFEST.text());
            add(zip, name, "evil");
        }
        Path restored = Files.createDirectory(folder.resolve("restored"));
        try (BackupFile backup = BackupFile.open(file)) {
            assertThatThrownBy(() -> backup.restore(restored))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("points out");
        }
        assertThat(folder.resolve("outside")).doesNotExist();
        assertThat(filesOf(restored)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "format=2\ndomain=chat.example\nmade=2026-11-23T12:00:00Z\n",
                "format=1\ndomain=chat.example\nmade=yesterday\n",
                "format=1\nmade=\\u12\n"
            })
    void openShouldRefuseManifestThatItDoesNotUnderstand(String text) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            add(zip, BackupManifest.ENTRY, text);
        }
        assertThatThrownBy(() -> BackupFile.open(file)).isInstanceOf(IOException.class);
    }

    @Test
    void openShouldRefuseOtherZipFile() throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            add(zip, "readme", "hello");
        }
        assertThatThrownBy(() -> BackupFile.open(file)).isInstanceOf(IOException.class);
    }

    private static void add(ZipOutputStream zip, String name, String content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }
}
