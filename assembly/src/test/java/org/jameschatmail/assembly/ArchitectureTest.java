package org.jameschatmail.assembly;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.NullMarked;

/** The edges between packages, which Maven can't see, and the shapes that every class keeps. */
@AnalyzeClasses(packages = "org.jameschatmail", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String CORE = "org.jameschatmail.core..";
    private static final String MAILETS = "org.jameschatmail.mailet..";
    private static final String PROTOCOLS = "org.jameschatmail.protocols..";
    private static final String WEB = "org.jameschatmail.web..";
    private static final String WIRING = "org.jameschatmail.guice..";
    private static final String ASSEMBLY = "org.jameschatmail.assembly..";

    @ArchTest
    static final ArchRule everyClassShouldHaveItsRoom = classes()
            .should()
            .resideInAnyPackage(CORE, MAILETS, PROTOCOLS, WEB, WIRING, ASSEMBLY)
            .because("the rules below know these packages only: add a new one to them");

    @ArchTest
    static final ArchRule coreShouldImportTheJdkOnly = classes()
            .that()
            .resideInAPackage(CORE)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    CORE,
                    "com.sun.management..",
                    "java..",
                    "javax.crypto..",
                    "javax.naming..",
                    "javax.net..",
                    "javax.security..",
                    "org.jspecify..")
            .because(
                    "core decides and others carry out: pass in what it needs to know as a record or an interface of core");

    @ArchTest
    static final ArchRule mailetsShouldNotImportTheOtherWings = noClasses()
            .that()
            .resideInAPackage(MAILETS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(PROTOCOLS, WEB, WIRING, ASSEMBLY)
            .because("what two wings share belongs in core");

    @ArchTest
    static final ArchRule protocolsShouldNotImportTheOtherWings = noClasses()
            .that()
            .resideInAPackage(PROTOCOLS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(MAILETS, WEB, WIRING, ASSEMBLY)
            .because("what two wings share belongs in core");

    @ArchTest
    static final ArchRule webShouldNotImportTheOtherWings = noClasses()
            .that()
            .resideInAPackage(WEB)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(MAILETS, PROTOCOLS, WIRING, ASSEMBLY)
            .because("what two wings share belongs in core");

    @ArchTest
    static final ArchRule wiringShouldNotImportTheAssembly = noClasses()
            .that()
            .resideInAPackage(WIRING)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ASSEMBLY)
            .because("the assembly is the program that uses the wiring");

    @ArchTest
    static final ArchRule packagesShouldBeFreeOfCycles = slices().matching("org.jameschatmail.(*.*)..")
            .should()
            .beFreeOfCycles()
            .because(
                    "two packages that need each other are one concept: merge them, or move what they share to a third");

    @ArchTest
    static final ArchRule packagesShouldBeNullMarked = classes()
            .should(beInNullMarkedPackage())
            .because("NullAway reads a type without @Nullable as never null: add a package-info.java with @NullMarked");

    @ArchTest
    static final ArchRule namesShouldSayWhatAClassIs = noClasses()
            .should()
            .haveNameMatching(".*(Impl|(?<!Key|Trust)Manager|Helper|Helpers|Util|Utils)")
            .because("such a name tells nothing: a mailet is a verb phrase, a matcher a predicate, a value a noun");

    @ArchTest
    static final ArchRule fieldsShouldNotBeInjected = noFields()
            .should()
            .beAnnotatedWith("javax.inject.Inject")
            .orShould()
            .beAnnotatedWith("com.google.inject.Inject")
            .because("constructor injection shows what a class needs and lets a test pass it in");

    @ArchTest
    static final ArchRule timeShouldComeFromAnInjectedClock = noClasses()
            .that()
            .resideInAnyPackage(CORE, MAILETS, PROTOCOLS, WEB)
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Clock.class, "systemUTC")
            .because("a test advances a fake clock and never sleeps: take a Clock in the constructor");

    @ArchTest
    static final ArchRule standardStreamsShouldBelongToTheProgram = noClasses()
            .that()
            .resideInAnyPackage(CORE, MAILETS, PROTOCOLS, WEB)
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .because("READY and the links are all that a person reads there: use a Logger");

    private static ArchCondition<JavaClass> beInNullMarkedPackage() {
        return ArchCondition.from(
                DescribedPredicate.describe("be in a package with @NullMarked", ArchitectureTest::isNullMarked));
    }

    private static boolean isNullMarked(JavaClass any) {
        return any.getPackage().isAnnotatedWith(NullMarked.class);
    }
}
