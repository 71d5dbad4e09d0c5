namespace Betar.Grains;

/// <summary>The storage provider that holds grain state.</summary>
public static class BetarStorage
{
    public const string Name = "betar";
}
