using Betar.Benchmarks.Harness;

namespace Betar.Benchmarks.Grains;

/// <summary>What the engine under the grains can do.</summary>
internal sealed class GrainsBench : IBench
{
    public string Name => "grains";

    public string Summary => "calls in a silo and between silos, state writes, memory of activations, start of a silo";

    public async Task RunAsync(BenchContext context)
    {
        await StartFigure.AddAsync(context);
        await ActivationFigure.AddAsync(context);
        await CallFigures.AddOneSiloAsync(context);
        await CallFigures.AddBetweenSilosAsync(context);
        await LoneCallFigure.AddAsync(context);
        await StateWriteFigure.AddAsync(context);
    }
}
