namespace Betar.Benchmarks.Libp2p;

/// <summary>Who dials and who listens.</summary>
internal sealed record Pairing(string Id, bool WeDial, bool WeListen)
{
    public static IReadOnlyList<Pairing> All { get; } =
        [new("js-js", false, false), new("cs-js", true, false), new("js-cs", false, true), new("cs-cs", true, true)];
}
