using Betar.Tests.Shared;

namespace Betar.Ethereum.Tests.Support;

/// <summary>Several nodes of one chain, and what is reported of them.</summary>
internal sealed class Nodes
{
    internal Nodes(int count, QuorumOptions? options = null, TimeProvider? time = null, params IChainClient[] more)
    {
        All = [.. Enumerable.Range(0, count).Select(_ => new ModelChain())];
        Client = new QuorumChainClient(
            [.. All.Concat(more).Select((chain, at) => new QuorumEndpoint($"node-{(char)('a' + at)}", chain))], options, time ?? new ManualTime(), Add);
    }

    internal IReadOnlyList<ModelChain> All { get; }

    internal QuorumChainClient Client { get; }

    internal List<EndpointEvent> Events { get; } = [];

    /// <summary>The nodes that were said to have been outvoted.</summary>
    internal IEnumerable<string> Outvoted => Events.Where(told => told.Kind == EndpointEventKind.Outvoted).Select(told => told.Endpoint);

    internal void Each(Action<ModelChain> change)
    {
        foreach (var node in All)
            change(node);
    }

    void Add(EndpointEvent told)
    {
        lock (Events)
            Events.Add(told);
    }
}
