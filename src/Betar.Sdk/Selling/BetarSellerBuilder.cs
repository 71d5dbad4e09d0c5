using Betar.Ethereum;
using Betar.X402;

namespace Betar.Sdk.Selling;

/// <summary>Collects the agents that a program sells.</summary>
public sealed class BetarSellerBuilder
{
    private readonly Dictionary<string, SoldAgent> _agents = new(StringComparer.Ordinal);

    internal IReadOnlyCollection<SoldAgent> Agents => _agents.Values;

    /// <summary>Sells the work of a handler.</summary>
    /// <param name="name">Unique in the program; the agent's id follows from it and from the node's identity.</param>
    /// <param name="priceUsdc">What one task costs, in USDC as decimal text, such as "0.001"; "0" is free.</param>
    /// <param name="handler">Does the work.</param>
    /// <param name="configure">What else it is.</param>
    /// <exception cref="ArgumentException">The name is taken, or the price, the payee or a budget is none.</exception>
    public BetarSellerBuilder Map(string name, string priceUsdc, AgentHandler handler, Action<SoldAgentOptions>? configure = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (!AtomicAmount.TryParseUsdc(priceUsdc, out AtomicAmount price))
            throw new ArgumentException($"'{priceUsdc}' is not an amount of USDC with at most {AtomicAmount.UsdcDecimals} digits after the point.", nameof(priceUsdc));
        var options = new SoldAgentOptions();
        configure?.Invoke(options);
        if (options.PayTo is { } payee && !Address.TryParse(payee, out _))
            throw new ArgumentException($"'{payee}' is not an address.", nameof(configure));
        (AtomicAmount perTask, AtomicAmount perDay) = (Hire(options.HirePerTask), Hire(options.HirePerDay));
        if (perDay < perTask)
            throw new ArgumentException($"HirePerDay {options.HirePerDay} is what is spent within a day, and cannot be less than HirePerTask {options.HirePerTask}.", nameof(configure));
        if (!_agents.TryAdd(name, new SoldAgent(name, price, handler, options) { HirePerTask = perTask, HirePerDay = perDay }))
            throw new ArgumentException($"There is an agent '{name}' already.", nameof(name));
        return this;
    }

    private static AtomicAmount Hire(string usdc) => AtomicAmount.TryParseUsdc(usdc, out AtomicAmount amount) ? amount
        : throw new ArgumentException($"'{usdc}' is not an amount of USDC with at most {AtomicAmount.UsdcDecimals} digits after the point.", nameof(usdc));
}
