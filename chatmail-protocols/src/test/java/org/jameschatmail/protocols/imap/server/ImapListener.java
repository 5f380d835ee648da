package org.jameschatmail.protocols.imap.server;

import java.io.IOException;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.configuration2.BaseHierarchicalConfiguration;
import org.apache.commons.configuration2.HierarchicalConfiguration;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.DefaultMailboxTyper;
import org.apache.james.imap.api.process.ImapProcessor;
import org.apache.james.imap.decode.ImapCommandParser;
import org.apache.james.imap.decode.base.AbstractImapCommandParser;
import org.apache.james.imap.decode.main.DefaultImapDecoder;
import org.apache.james.imap.decode.parser.AppendCommandParser;
import org.apache.james.imap.decode.parser.AuthenticateCommandParser;
import org.apache.james.imap.decode.parser.CapabilityCommandParser;
import org.apache.james.imap.decode.parser.CloseCommandParser;
import org.apache.james.imap.decode.parser.CompressCommandParser;
import org.apache.james.imap.decode.parser.CopyCommandParser;
import org.apache.james.imap.decode.parser.CreateCommandParser;
import org.apache.james.imap.decode.parser.EnableCommandParser;
import org.apache.james.imap.decode.parser.ExamineCommandParser;
import org.apache.james.imap.decode.parser.ExpungeCommandParser;
import org.apache.james.imap.decode.parser.FetchCommandParser;
import org.apache.james.imap.decode.parser.IdleCommandParser;
import org.apache.james.imap.decode.parser.ImapParserFactory;
import org.apache.james.imap.decode.parser.ListCommandParser;
import org.apache.james.imap.decode.parser.LogoutCommandParser;
import org.apache.james.imap.decode.parser.MoveCommandParser;
import org.apache.james.imap.decode.parser.NoopCommandParser;
import org.apache.james.imap.decode.parser.SelectCommandParser;
import org.apache.james.imap.decode.parser.StartTLSCommandParser;
import org.apache.james.imap.decode.parser.StoreCommandParser;
import org.apache.james.imap.decode.parser.UidCommandParser;
import org.apache.james.imap.decode.parser.UnselectCommandParser;
import org.apache.james.imap.encode.AuthenticateResponseEncoder;
import org.apache.james.imap.encode.CapabilityResponseEncoder;
import org.apache.james.imap.encode.ContinuationResponseEncoder;
import org.apache.james.imap.encode.EnableResponseEncoder;
import org.apache.james.imap.encode.ExistsResponseEncoder;
import org.apache.james.imap.encode.ExpungeResponseEncoder;
import org.apache.james.imap.encode.FetchResponseEncoder;
import org.apache.james.imap.encode.FlagsResponseEncoder;
import org.apache.james.imap.encode.ListResponseEncoder;
import org.apache.james.imap.encode.RecentResponseEncoder;
import org.apache.james.imap.encode.SearchResponseEncoder;
import org.apache.james.imap.encode.StatusResponseEncoder;
import org.apache.james.imap.encode.VanishedResponseEncoder;
import org.apache.james.imap.encode.base.EndImapEncoder;
import org.apache.james.imap.encode.main.DefaultImapEncoderFactory.DefaultImapEncoder;
import org.apache.james.imap.encode.main.DefaultLocalizer;
import org.apache.james.imap.message.response.UnpooledStatusResponseFactory;
import org.apache.james.imap.processor.AppendProcessor;
import org.apache.james.imap.processor.CapabilityImplementingProcessor;
import org.apache.james.imap.processor.CreateProcessor;
import org.apache.james.imap.processor.DefaultProcessor;
import org.apache.james.imap.processor.ListProcessor;
import org.apache.james.imap.processor.LogoutProcessor;
import org.apache.james.imap.processor.NoopProcessor;
import org.apache.james.imap.processor.PermitEnableCapabilityProcessor;
import org.apache.james.imap.processor.SearchProcessor;
import org.apache.james.imap.processor.StartTLSProcessor;
import org.apache.james.imap.processor.StatusProcessor;
import org.apache.james.imap.processor.UnselectProcessor;
import org.apache.james.imap.processor.base.AbstractProcessor;
import org.apache.james.imap.processor.base.ImapResponseMessageProcessor;
import org.apache.james.imap.processor.base.UnknownRequestProcessor;
import org.apache.james.imapserver.netty.ImapMetrics;
import org.apache.james.mailbox.inmemory.InMemoryMailboxManager;
import org.apache.james.mailbox.store.StoreSubscriptionManager;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.metrics.api.NoopGaugeRegistry;
import org.jameschatmail.core.network.TrustedProxies;
import org.jameschatmail.protocols.imap.StatusReplyEncoder;
import org.jameschatmail.protocols.imap.capability.CapabilityVisibility;
import org.jameschatmail.protocols.imap.capability.ChatmailCapabilityProcessor;
import org.jameschatmail.protocols.imap.compression.CompressionProcessor;
import org.jameschatmail.protocols.imap.frame.CommandMemory;
import org.jameschatmail.protocols.imap.id.IdArgumentsParser;
import org.jameschatmail.protocols.imap.id.ServerIdEncoder;
import org.jameschatmail.protocols.imap.id.ServerIdProcessor;
import org.jameschatmail.protocols.imap.idle.KeepAliveIdleProcessor;
import org.jameschatmail.protocols.imap.login.LoginArgumentsParser;
import org.jameschatmail.protocols.imap.login.PasswordLogin;
import org.jameschatmail.protocols.imap.login.PasswordLoginProcessor;
import org.jameschatmail.protocols.imap.login.PlainAuthenticateProcessor;
import org.jameschatmail.protocols.imap.message.BoundedSearchParser;
import org.jameschatmail.protocols.imap.message.ClampedCopyProcessor;
import org.jameschatmail.protocols.imap.message.ClampedExpungeProcessor;
import org.jameschatmail.protocols.imap.message.ClampedMoveProcessor;
import org.jameschatmail.protocols.imap.message.ClampedStoreProcessor;
import org.jameschatmail.protocols.imap.message.PacedFetchProcessor;
import org.jameschatmail.protocols.imap.metadata.AccountMetadata;
import org.jameschatmail.protocols.imap.metadata.MemoryDeviceTokens;
import org.jameschatmail.protocols.imap.metadata.MemoryMailboxMetadata;
import org.jameschatmail.protocols.imap.metadata.MetadataReplyEncoder;
import org.jameschatmail.protocols.imap.metadata.ReadMetadataParser;
import org.jameschatmail.protocols.imap.metadata.ReadMetadataProcessor;
import org.jameschatmail.protocols.imap.metadata.ServerMetadata;
import org.jameschatmail.protocols.imap.metadata.WriteMetadataParser;
import org.jameschatmail.protocols.imap.metadata.WriteMetadataProcessor;
import org.jameschatmail.protocols.imap.selection.LettingGoCloseProcessor;
import org.jameschatmail.protocols.imap.selection.OrderedEnableProcessor;
import org.jameschatmail.protocols.imap.selection.TrackedExamineProcessor;
import org.jameschatmail.protocols.imap.selection.TrackedSelectProcessor;
import org.jameschatmail.protocols.proxy.ProxiedListeners;
import org.jameschatmail.protocols.session.OpenConnections;
import reactor.core.scheduler.Schedulers;

/** A real IMAP listener on a free port of the loopback, with the commands that the tests need. */
final class ImapListener implements AutoCloseable {
    private static final StatusResponseFactory STATUS = new UnpooledStatusResponseFactory();

    private final MemoryMailboxes mailboxes = new MemoryMailboxes();
    private final ChatmailImapServer server;

    ImapListener(CapabilityVisibility visibility, ServerMetadata serverMetadata, Map<String, Object> configuration)
            throws Exception {
        server = server(mailboxes, visibility, serverMetadata);
        BaseHierarchicalConfiguration settings = new BaseHierarchicalConfiguration();
        settings.addProperty("bind", "127.0.0.1:0");
        settings.addProperty("jmxName", "imapserver-" + System.identityHashCode(this));
        settings.addProperty("gracefulShutdown", false);
        settings.addProperty("compress", true);
        settings.addProperty("auth.requireSSL", false);
        configuration.forEach(settings::setProperty);
        server.setFileSystem(new FilesByUrl());
        server.configure(settings);
        server.init();
    }

    ChatmailImapServer server() {
        return server;
    }

    /** A listener that is configured and doesn't listen. */
    static ChatmailImapServer configured(HierarchicalConfiguration<ImmutableNode> configuration) throws Exception {
        ChatmailImapServer server = server(new MemoryMailboxes(), CapabilityVisibility.DEFAULT, Map::of);
        server.configure(configuration);
        return server;
    }

    private static ChatmailImapServer server(
            MemoryMailboxes mailboxes, CapabilityVisibility visibility, ServerMetadata serverMetadata) {
        DefaultLocalizer localizer = new DefaultLocalizer();
        Map<String, ImapCommandParser> parsers = new HashMap<>(
                parsers().collect(Collectors.toMap(parser -> parser.getCommand().getName(), Function.identity())));
        ImapParserFactory factory = new ImapParserFactory(parsers);
        parsers.put("UID", new UidCommandParser(factory, STATUS));
        return new ChatmailImapServer(
                new FilesByUrl(),
                new DefaultImapDecoder(STATUS, factory),
                new DefaultImapEncoder(
                        Stream.of(
                                new AuthenticateResponseEncoder(),
                                new CapabilityResponseEncoder(),
                                new ContinuationResponseEncoder(localizer),
                                new EnableResponseEncoder(),
                                new ExistsResponseEncoder(),
                                new ExpungeResponseEncoder(),
                                new FetchResponseEncoder(false),
                                new SearchResponseEncoder(),
                                new VanishedResponseEncoder(),
                                new FlagsResponseEncoder(),
                                new ListResponseEncoder(),
                                new RecentResponseEncoder(),
                                new StatusResponseEncoder(localizer),
                                new MetadataReplyEncoder(),
                                new ServerIdEncoder(),
                                new StatusReplyEncoder()),
                        new EndImapEncoder()),
                processor(mailboxes, visibility, serverMetadata),
                new ImapMetrics(mailboxes.metricFactory()),
                new NoopGaugeRegistry(),
                new CommandMemory(64 * 1024 * 1024),
                Schedulers.newBoundedElastic(8, Integer.MAX_VALUE, "imap-command", 10, true),
                new ProxiedListeners(new TrustedProxies(List.of())),
                new OpenConnections());
    }

    private static Stream<AbstractImapCommandParser> parsers() {
        return Stream.of(
                new AppendCommandParser(STATUS, Clock.systemUTC()),
                new AuthenticateCommandParser(STATUS),
                new CapabilityCommandParser(STATUS),
                new CompressCommandParser(STATUS),
                new CreateCommandParser(STATUS),
                new IdleCommandParser(STATUS),
                new ListCommandParser(STATUS),
                new LogoutCommandParser(STATUS),
                new NoopCommandParser(STATUS),
                new SelectCommandParser(STATUS),
                new BoundedSearchParser(STATUS),
                new CloseCommandParser(STATUS),
                new CopyCommandParser(STATUS),
                new EnableCommandParser(STATUS),
                new ExamineCommandParser(STATUS),
                new ExpungeCommandParser(STATUS),
                new FetchCommandParser(STATUS),
                new MoveCommandParser(STATUS),
                new StartTLSCommandParser(STATUS),
                new StoreCommandParser(STATUS),
                new UnselectCommandParser(STATUS),
                new IdArgumentsParser(STATUS),
                new LoginArgumentsParser(STATUS),
                new ReadMetadataParser(STATUS),
                new WriteMetadataParser(STATUS));
    }

    private static ImapProcessor processor(
            MemoryMailboxes mailboxes, CapabilityVisibility visibility, ServerMetadata serverMetadata) {
        InMemoryMailboxManager manager = mailboxes.manager();
        MetricFactory metrics = mailboxes.metricFactory();
        ChatmailCapabilityProcessor capabilities =
                new ChatmailCapabilityProcessor(manager, STATUS, metrics, visibility);
        PasswordLogin login = new PasswordLogin(manager, STATUS, capabilities);
        AccountMetadata metadata = new AccountMetadata(
                serverMetadata, new MemoryMailboxMetadata(), new MemoryDeviceTokens(Clock.systemUTC()));
        OrderedEnableProcessor enabling = new OrderedEnableProcessor(manager, STATUS, metrics, capabilities);
        List<AbstractProcessor<?>> processors = List.of(
                capabilities,
                new CompressionProcessor(),
                new KeepAliveIdleProcessor(manager, STATUS, metrics),
                new PasswordLoginProcessor(manager, STATUS, metrics, login),
                new PlainAuthenticateProcessor(manager, STATUS, metrics, login),
                new ReadMetadataProcessor(manager, STATUS, metrics, metadata),
                new ServerIdProcessor(manager, STATUS, metrics),
                new WriteMetadataProcessor(manager, STATUS, metrics, metadata),
                new AppendProcessor(manager, STATUS, metrics),
                new CreateProcessor(manager, STATUS, metrics),
                new ImapResponseMessageProcessor(),
                new ListProcessor<>(
                        manager,
                        STATUS,
                        metrics,
                        new StoreSubscriptionManager(
                                manager.getMapperFactory(), manager.getMapperFactory(), mailboxes.eventBus()),
                        new StatusProcessor(manager, STATUS, metrics),
                        new DefaultMailboxTyper()),
                new LogoutProcessor(manager, STATUS, metrics),
                new NoopProcessor(manager, STATUS, metrics),
                new SearchProcessor(manager, STATUS, metrics),
                new UnselectProcessor(manager, STATUS, metrics),
                new StartTLSProcessor(STATUS),
                new ClampedCopyProcessor(manager, STATUS, metrics),
                new ClampedExpungeProcessor(manager, STATUS, metrics),
                new ClampedMoveProcessor(manager, STATUS, metrics),
                new ClampedStoreProcessor(manager, STATUS, metrics),
                new LettingGoCloseProcessor(manager, STATUS, metrics),
                enabling,
                new PacedFetchProcessor(manager, STATUS, metrics),
                new TrackedExamineProcessor(manager, mailboxes.eventBus(), STATUS, metrics),
                new TrackedSelectProcessor(manager, mailboxes.eventBus(), STATUS, metrics));
        Map<Class, ImapProcessor> byRequest = new HashMap<>();
        for (AbstractProcessor<?> processor : processors) {
            processor.acceptableClasses().forEach(request -> byRequest.put(request, processor));
            if (processor instanceof CapabilityImplementingProcessor implementing && processor != capabilities) {
                capabilities.addProcessor(implementing);
            }
            if (processor instanceof PermitEnableCapabilityProcessor permitting) {
                enabling.addProcessor(permitting);
            }
        }
        return new DefaultProcessor(byRequest, new UnknownRequestProcessor(STATUS));
    }

    MemoryMailboxes mailboxes() {
        return mailboxes;
    }

    WireClient connect() throws IOException {
        return new WireClient(server.getPort());
    }

    /** A connection that is logged in. */
    WireClient login(String address, String password) throws IOException {
        WireClient client = connect();
        client.command("login LOGIN \"" + address + "\" \"" + password + "\"");
        return client;
    }

    @Override
    public void close() {
        server.destroy();
    }
}
