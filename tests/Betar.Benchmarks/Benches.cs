using Betar.Benchmarks.Grains;
using Betar.Benchmarks.Harness;
using Betar.Benchmarks.Libp2p;
using Betar.Benchmarks.Marketplace;
using Betar.Benchmarks.Node;
using Betar.Benchmarks.X402;

namespace Betar.Benchmarks;

/// <summary>Every bench there is.</summary>
internal static class Benches
{
    public static IReadOnlyList<IBench> All { get; } = [new GrainsBench(), new X402Bench(), new Libp2pBench(), new MarketplaceBench(), new NodeBench()];

    /// <summary>Measurements that want a process of their own.</summary>
    public static IReadOnlyDictionary<string, Func<Task<double>>> Children { get; } = new Dictionary<string, Func<Task<double>>>
    {
        [ActivationFigure.Child] = ActivationFigure.MeasureAsync,
        [ActivationFigure.BaselineChild] = ActivationFigure.MeasureObjectsAsync,
        [StartFigure.Child] = StartFigure.MeasureAsync,
        [StartFigure.BaselineChild] = StartFigure.MeasureHostAsync,
    };
}
