namespace Betar.X402.Wire;

/// <summary>The versions of the protocol that are spoken.</summary>
public static class WireVersions
{
    public const int First = 1;
    public const int Current = 2;

    public static bool IsKnown(long version) => version is First or Current;
}
