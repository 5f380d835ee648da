package org.jameschatmail.protocols.imap.compression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;

class ReplyDeflaterTest {
    private final SpareDeflaters spare = new SpareDeflaters();
    private final EmbeddedChannel channel = new EmbeddedChannel(new ReplyDeflater(spare));

    @Test
    void deflaterShouldBeFreeWhenTheReplyIsFlushed() {
        channel.write(reply());
        channel.write(reply());
        assertThat(spare.size()).isZero();

        channel.flush();
        assertThat(spare.size()).isEqualTo(1);
        channel.flush();
        assertThat(spare.size()).isEqualTo(1);
        channel.releaseOutbound();
    }

    @Test
    void deflaterShouldBeKeptForTheNextReply() {
        Deflater first = spare.take();
        spare.giveBack(first);

        channel.writeAndFlush(reply());

        assertThat(spare.size()).isEqualTo(1);
        assertThat(spare.take()).isSameAs(first);
        first.end();
        channel.releaseOutbound();
    }

    @Test
    void deflaterShouldBeFreeWhenTheConnectionClosesBeforeTheFlush() {
        channel.write(reply());
        channel.close();

        assertThat(spare.size()).isEqualTo(1);
    }

    @Test
    void deflatersShouldEndWhenThereAreEnoughOfThem() {
        List<Deflater> all =
                Stream.generate(spare::take).limit(SpareDeflaters.MOST + 1).toList();
        all.forEach(spare::giveBack);

        assertThat(spare.size()).isEqualTo(SpareDeflaters.MOST);
        Deflater last = all.get(SpareDeflaters.MOST);
        assertThatThrownBy(last::getBytesWritten).isInstanceOf(NullPointerException.class);
    }

    private static ByteBuf reply() {
        return Unpooled.wrappedBuffer(new byte[100]);
    }
}
