using Betar.Sdk.Selling;

namespace Betar.Sdk.Testing;

/// <summary>A marketplace in memory for tests of handlers and of code that buys: no node, no network, no chain. Payments are counted, not signed.</summary>
public sealed class BetarTestHost : IDisposable
{
    private readonly BetarSellerBuilder _agents = new();
    private readonly MemoryCalls _calls;

    /// <param name="budgetUsdc">What the buyer may spend in all, in USDC. Default "10".</param>
    public BetarTestHost(string budgetUsdc = "10")
    {
        _calls = new MemoryCalls(_agents, budgetUsdc);
        Client = new BetarClient(_calls);
    }

    /// <summary>Buys from the agents of this host, as it would from a node.</summary>
    public BetarClient Client { get; }

    /// <summary>What was paid and not given back, in millionths of a USDC.</summary>
    public string SpentAtomic => _calls.Spent.ToString();

    public BetarTestHost Map(string name, string priceUsdc, AgentHandler handler, Action<SoldAgentOptions>? configure = null)
    {
        _agents.Map(name, priceUsdc, handler, configure);
        return this;
    }

    public void Dispose() => Client.Dispose();
}
