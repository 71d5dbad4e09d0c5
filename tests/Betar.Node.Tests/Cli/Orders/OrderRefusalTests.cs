using Betar.Grains.Abstractions.Results;
using Betar.Grains.Trading;
using Betar.Node.Control;
using Betar.Node.Orders;
using Betar.Node.Tests.Support;
using Betar.Storage.Orders;
using Betar.X402;
using Microsoft.Extensions.Logging.Abstractions;

namespace Betar.Node.Tests.Cli.Orders;

/// <summary>The commands of agreed orders against a control socket whose store and whereabouts the test makes up.</summary>
public sealed class OrderRefusalTests : IAsyncLifetime
{
    private const string Self = "12D3KooWDXyU4xNXGZ1HK8Rh5mhtxcvTk6ov9AfXwtJBCbH4KFUe";
    private const string Other = "12D3KooWBtg3aaRMjxwedh83aGiUkwSxDwUZkzuJcfaqUmo7R3pq";

    private readonly TempFolder _folder = new();
    private readonly Store _store = new();
    private string[] _reach = [];
    private ControlServer _server = null!;

    public async Task InitializeAsync() => _server = (await ControlServer.StartAsync(
        _folder.Data, new MarketOrderControl(Self, _store, new Directory(), () => null, (_, _) => Task.FromResult<IReadOnlyList<string>>(_reach), TimeProvider.System).Handlers,
        NullLogger<ControlServer>.Instance, default)).OrThrow();

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(MarketOrderFault.TooManyOpen)]
    [InlineData(MarketOrderFault.Full)]
    public async Task An_order_that_finds_no_room_is_not_made(MarketOrderFault fault)
    {
        _store.Says = new MarketOrderOutcome(null, fault);

        (await RunAsync("order", "create", "--agent-id", "own")).AssertRefused("BTR-4033", 1);
    }

    [Theory]
    [InlineData("accept")]
    [InlineData("complete")]
    [InlineData("cancel")]
    public async Task An_order_is_moved_and_who_moved_it_hears_that_the_other_side_was_not_told(string verb)
    {
        _store.Says = new MarketOrderOutcome(
            new MarketOrder { OrderId = "o", AgentId = "a", BuyerId = Other, SellerId = Self, Price = AtomicAmount.Parse("1"), Status = MarketOrderStatus.Accepted }, null);
        CliRun lost = await RunAsync("order", verb, "o");
        lost.AssertRefused("BTR-4035", 1);
        Assert.Contains("nobody knows where its other side is", lost.Error, StringComparison.Ordinal);

        _reach = [$"/ip4/127.0.0.1/tcp/1/p2p/{Other}"];
        CliRun untold = await RunAsync("order", verb, "o");
        untold.AssertRefused("BTR-4035", 1);
        Assert.Contains("was not told", untold.Error, StringComparison.Ordinal);
    }

    private Task<CliRun> RunAsync(params string[] command) => CliRun.RunAsync([.. command, "--data", _folder.Path]);

    private sealed class Store : IMarketOrders
    {
        public MarketOrderOutcome Says { get; set; } = new(null, MarketOrderFault.Unknown);

        public ValueTask<MarketOrderOutcome> AddAsync(MarketOrder order, bool own, CancellationToken cancellationToken) => ValueTask.FromResult(Says);

        public ValueTask<MarketOrderOutcome> MoveAsync(string orderId, string by, MarketOrderStatus to, CancellationToken cancellationToken) => ValueTask.FromResult(Says);

        public ValueTask<MarketOrder?> FindAsync(string orderId, CancellationToken cancellationToken) => ValueTask.FromResult(Says.Order);

        public ValueTask<IReadOnlyList<MarketOrder>> ListAsync(long before, int limit, CancellationToken cancellationToken) => ValueTask.FromResult<IReadOnlyList<MarketOrder>>([]);
    }

    private sealed class Directory : IAgentDirectory
    {
        public ValueTask<Outcome<AgentOffer>> FindAsync(string agent, bool acceptUnverified, CancellationToken cancellationToken) =>
            ValueTask.FromResult<Outcome<AgentOffer>>(new AgentOffer { AgentId = "did:key:1", Name = agent, PriceAtomic = "1000", SellerId = Self });

        public ValueTask<IReadOnlyList<AgentOffer>> SearchAsync(string text, int limit, CancellationToken cancellationToken) => ValueTask.FromResult<IReadOnlyList<AgentOffer>>([]);
    }
}
