using Betar.Libp2p.Multiformats;
using Betar.Node.Cli.Peering;
using Betar.Node.Errors;

namespace Betar.Node.Cli.Paying;

/// <summary>An agent and where its seller is.</summary>
/// <param name="Agent">Its name or its id.</param>
/// <param name="Where">An address that says which peer has to answer there.</param>
internal sealed record AgentTarget(string Agent, Multiaddr Where)
{
    /// <summary>Where its seller may be besides.</summary>
    public IReadOnlyList<Multiaddr> Others { get; init; } = [];

    /// <summary>What its seller signed for everybody, in atomic units; null: nothing. A dearer answer is refused.</summary>
    public string? PriceAtomic { get; init; }

    /// <summary>Whom its seller signed to be paid.</summary>
    public string? PayTo { get; init; }

    /// <summary>By the address that was given, else by what is known from an earlier purchase.</summary>
    /// <param name="agent">A name, an id, or a peer id, a slash and an id.</param>
    public static Checked<AgentTarget> Find(string agent, string? at, KnownPayees payees)
    {
        if (at is null)
            return FindKnown(agent, payees);
        var where = PeerArguments.ReadAddress(at);
        if (!where.IsOk)
            return where.Refusal;
        var slash = agent.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0)
            return new AgentTarget(agent, where.Value);
        return agent[..slash] == where.Value.Peer!.ToString()
            ? new AgentTarget(agent[(slash + 1)..], where.Value)
            : ErrorCatalog.BadPeerAddress.Refuse($"{VisibleText.Of(agent)} is not sold by the peer at {where.Value}", "leave the peer out, or name its own address");
    }

    private static Checked<AgentTarget> FindKnown(string agent, KnownPayees payees)
    {
        var known = payees.FindAgents(agent);
        if (!known.IsOk)
            return known.Refusal;
        if (known.Value is not [var one])
            return known.Value.Count == 0
                ? ErrorCatalog.MissingOption.Refuse($"Nothing was bought from an agent {VisibleText.Of(agent)} before", "say where its seller is: --at /ip4/…/tcp/…/p2p/…")
                : ErrorCatalog.BadOptionValue.Refuse($"{known.Value.Count} agents are called {VisibleText.Of(agent)}", $"name one: {string.Join(", ", known.Value.Select(other => other.Seller))}");
        var where = PeerArguments.ReadAddress(one.Where);
        return where.IsOk ? new AgentTarget(one.Seller[(one.Seller.IndexOf('/', StringComparison.Ordinal) + 1)..], where.Value) : where.Refusal;
    }
}
