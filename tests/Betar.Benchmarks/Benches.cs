using Betar.Benchmarks.Harness;

namespace Betar.Benchmarks;

/// <summary>Every bench there is.</summary>
internal static class Benches
{
    public static IReadOnlyList<IBench> All { get; } = [];
}
