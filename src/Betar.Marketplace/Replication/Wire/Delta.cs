namespace Betar.Marketplace.Replication.Wire;

/// <summary>What one node changes.</summary>
internal sealed record Delta(IReadOnlyList<DeltaElement> Elements, IReadOnlyList<DeltaElement> Tombstones, ulong Priority)
{
    public static readonly Delta Empty = new([], [], 0);
}
