using Betar.Benchmarks.Grains;
using Betar.Benchmarks.Harness;

namespace Betar.Benchmarks;

/// <summary>Every bench there is.</summary>
internal static class Benches
{
    public static IReadOnlyList<IBench> All { get; } = [new GrainsBench()];

    /// <summary>Measurements that want a process of their own.</summary>
    public static IReadOnlyDictionary<string, Func<Task<double>>> Children { get; } = new Dictionary<string, Func<Task<double>>>
    {
        [ActivationFigure.Child] = ActivationFigure.MeasureAsync,
        [ActivationFigure.BaselineChild] = ActivationFigure.MeasureObjectsAsync,
        [StartFigure.Child] = StartFigure.MeasureAsync,
        [StartFigure.BaselineChild] = StartFigure.MeasureHostAsync,
    };
}
