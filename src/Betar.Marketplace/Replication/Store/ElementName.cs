using Betar.Marketplace.Replication.Wire;

namespace Betar.Marketplace.Replication.Store;

/// <summary>An element by its key and the node that carries it.</summary>
public readonly record struct ElementName(string Key, NodeId Node);
