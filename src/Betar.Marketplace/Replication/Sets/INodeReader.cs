using Betar.Marketplace.Replication.Wire;

namespace Betar.Marketplace.Replication.Sets;

/// <summary>Looks at nodes that are kept.</summary>
internal interface INodeReader
{
    ValueTask<KnownNode?> ReadAsync(NodeId id);

    ValueTask<bool> IsSettledAsync(NodeId id);
}
