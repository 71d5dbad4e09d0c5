using System.Collections.Immutable;

namespace Orleans.Runtime;

/// <summary>Divides the hashes among the active silos: each owns what lies between its predecessor and itself.</summary>
internal static class ReminderRing
{
    public static SiloAddress? OwnerOf(GrainId grain, ImmutableArray<SiloAddress> active)
    {
        var hash = grain.GetUniformHashCode();
        SiloAddress? first = null;
        SiloAddress? owner = null;
        foreach (var silo in active)
        {
            if (first is null || Position(silo) < Position(first))
                first = silo;
            if (Position(silo) >= hash && (owner is null || Position(silo) < Position(owner)))
                owner = silo;
        }

        return owner ?? first;
    }

    /// <summary>The part that a silo owns; null when it owns none.</summary>
    public static (uint Begin, uint End)? RangeOf(SiloAddress silo, ImmutableArray<SiloAddress> active)
    {
        if (!active.Contains(silo))
            return null;
        var positions = active.Select(Position).Order().ToArray();
        var end = Position(silo);
        var index = Array.IndexOf(positions, end);
        return (positions[(index + positions.Length - 1) % positions.Length], end);
    }

    private static uint Position(SiloAddress silo) => unchecked((uint)silo.GetConsistentHashCode());
}
