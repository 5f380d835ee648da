package org.jameschatmail.guice.imap;

import com.google.common.collect.ImmutableList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.inject.Inject;
import org.apache.james.imap.decode.parser.DeleteACLCommandParser;
import org.apache.james.imap.decode.parser.GetACLCommandParser;
import org.apache.james.imap.decode.parser.GetMetadataCommandParser;
import org.apache.james.imap.decode.parser.IDCommandParser;
import org.apache.james.imap.decode.parser.ListRightsCommandParser;
import org.apache.james.imap.decode.parser.LoginCommandParser;
import org.apache.james.imap.decode.parser.MyRightsCommandParser;
import org.apache.james.imap.decode.parser.SearchCommandParser;
import org.apache.james.imap.decode.parser.SetACLCommandParser;
import org.apache.james.imap.decode.parser.SetAnnotationCommandParser;
import org.apache.james.imap.encode.IdResponseEncoder;
import org.apache.james.imap.encode.MetadataResponseEncoder;
import org.apache.james.imap.processor.AppendProcessor;
import org.apache.james.imap.processor.AuthenticateProcessor;
import org.apache.james.imap.processor.CapabilityProcessor;
import org.apache.james.imap.processor.CloseProcessor;
import org.apache.james.imap.processor.CompressProcessor;
import org.apache.james.imap.processor.CopyProcessor;
import org.apache.james.imap.processor.DeleteACLProcessor;
import org.apache.james.imap.processor.EnableProcessor;
import org.apache.james.imap.processor.ExamineProcessor;
import org.apache.james.imap.processor.ExpungeProcessor;
import org.apache.james.imap.processor.GetACLProcessor;
import org.apache.james.imap.processor.GetMetadataProcessor;
import org.apache.james.imap.processor.IdProcessor;
import org.apache.james.imap.processor.IdleProcessor;
import org.apache.james.imap.processor.ListRightsProcessor;
import org.apache.james.imap.processor.LoginProcessor;
import org.apache.james.imap.processor.MoveProcessor;
import org.apache.james.imap.processor.MyRightsProcessor;
import org.apache.james.imap.processor.SelectProcessor;
import org.apache.james.imap.processor.SetACLProcessor;
import org.apache.james.imap.processor.SetMetadataProcessor;
import org.apache.james.imap.processor.StoreProcessor;
import org.apache.james.imap.processor.fetch.FetchProcessor;
import org.apache.james.modules.protocols.ImapPackage;
import org.apache.james.utils.ClassName;
import org.jameschatmail.protocols.imap.StatusReplyEncoder;
import org.jameschatmail.protocols.imap.append.GatedAppendProcessor;
import org.jameschatmail.protocols.imap.capability.ChatmailCapabilityProcessor;
import org.jameschatmail.protocols.imap.compression.CompressionProcessor;
import org.jameschatmail.protocols.imap.id.IdArgumentsParser;
import org.jameschatmail.protocols.imap.id.ServerIdEncoder;
import org.jameschatmail.protocols.imap.id.ServerIdProcessor;
import org.jameschatmail.protocols.imap.idle.KeepAliveIdleProcessor;
import org.jameschatmail.protocols.imap.login.LoginArgumentsParser;
import org.jameschatmail.protocols.imap.login.PasswordLoginProcessor;
import org.jameschatmail.protocols.imap.login.PlainAuthenticateProcessor;
import org.jameschatmail.protocols.imap.message.BoundedSearchParser;
import org.jameschatmail.protocols.imap.message.ClampedCopyProcessor;
import org.jameschatmail.protocols.imap.message.ClampedExpungeProcessor;
import org.jameschatmail.protocols.imap.message.ClampedMoveProcessor;
import org.jameschatmail.protocols.imap.message.ClampedStoreProcessor;
import org.jameschatmail.protocols.imap.message.PacedFetchProcessor;
import org.jameschatmail.protocols.imap.metadata.MetadataReplyEncoder;
import org.jameschatmail.protocols.imap.metadata.ReadMetadataParser;
import org.jameschatmail.protocols.imap.metadata.ReadMetadataProcessor;
import org.jameschatmail.protocols.imap.metadata.WriteMetadataParser;
import org.jameschatmail.protocols.imap.metadata.WriteMetadataProcessor;
import org.jameschatmail.protocols.imap.selection.LettingGoCloseProcessor;
import org.jameschatmail.protocols.imap.selection.OrderedEnableProcessor;
import org.jameschatmail.protocols.imap.selection.TrackedExamineProcessor;
import org.jameschatmail.protocols.imap.selection.TrackedSelectProcessor;

/**
 * James' default IMAP package with some of its classes replaced by ours, and without those that share a mailbox with
 * others: here nobody could undo it. Named within {@code <imapservers>}, beside the
 * servers, it takes the place of the default; James doesn't start with two classes for one command.
 *
 * <pre>{@code
 * <imapservers>
 *     <imapPackages>org.jameschatmail.guice.imap.ChatmailImapPackage</imapPackages>
 *     <imapserver enabled="true">...</imapserver>
 * </imapservers>
 * }</pre>
 */
public final class ChatmailImapPackage extends ImapPackage.Impl {
    private static final Set<ClassName> REPLACED = Set.copyOf(names(List.of(
            CloseProcessor.class,
            CopyProcessor.class,
            EnableProcessor.class,
            ExamineProcessor.class,
            ExpungeProcessor.class,
            FetchProcessor.class,
            MoveProcessor.class,
            SearchCommandParser.class,
            SelectProcessor.class,
            StoreProcessor.class,
            AppendProcessor.class,
            AuthenticateProcessor.class,
            CapabilityProcessor.class,
            CompressProcessor.class,
            GetMetadataCommandParser.class,
            GetMetadataProcessor.class,
            IDCommandParser.class,
            IdProcessor.class,
            IdResponseEncoder.class,
            IdleProcessor.class,
            LoginCommandParser.class,
            LoginProcessor.class,
            MetadataResponseEncoder.class,
            SetAnnotationCommandParser.class,
            SetMetadataProcessor.class)));

    private static final Set<ClassName> LEFT_OUT = Set.copyOf(names(List.of(
            DeleteACLCommandParser.class,
            DeleteACLProcessor.class,
            GetACLCommandParser.class,
            GetACLProcessor.class,
            ListRightsCommandParser.class,
            ListRightsProcessor.class,
            MyRightsCommandParser.class,
            MyRightsProcessor.class,
            SetACLCommandParser.class,
            SetACLProcessor.class)));

    private static final List<Class<?>> PROCESSORS = List.of(
            ClampedCopyProcessor.class,
            ClampedExpungeProcessor.class,
            ClampedMoveProcessor.class,
            ClampedStoreProcessor.class,
            LettingGoCloseProcessor.class,
            OrderedEnableProcessor.class,
            PacedFetchProcessor.class,
            TrackedExamineProcessor.class,
            TrackedSelectProcessor.class,
            ChatmailCapabilityProcessor.class,
            CompressionProcessor.class,
            GatedAppendProcessor.class,
            KeepAliveIdleProcessor.class,
            PasswordLoginProcessor.class,
            PlainAuthenticateProcessor.class,
            ReadMetadataProcessor.class,
            ServerIdProcessor.class,
            WriteMetadataProcessor.class);

    private static final List<Class<?>> DECODERS = List.of(
            BoundedSearchParser.class,
            IdArgumentsParser.class,
            LoginArgumentsParser.class,
            ReadMetadataParser.class,
            WriteMetadataParser.class);

    private static final List<Class<?>> ENCODERS =
            List.of(MetadataReplyEncoder.class, ServerIdEncoder.class, StatusReplyEncoder.class);

    @Inject
    public ChatmailImapPackage() {
        super(
                merged(DEFAULT.processors(), PROCESSORS),
                merged(DEFAULT.decoders(), DECODERS),
                merged(DEFAULT.encoders(), ENCODERS));
    }

    private static ImmutableList<ClassName> merged(Collection<ClassName> defaults, List<Class<?>> ours) {
        return Stream.concat(
                        defaults.stream().filter(name -> !REPLACED.contains(name) && !LEFT_OUT.contains(name)),
                        names(ours).stream())
                .collect(ImmutableList.toImmutableList());
    }

    private static List<ClassName> names(List<Class<?>> classes) {
        return classes.stream().map(Class::getCanonicalName).map(ClassName::new).toList();
    }
}
