using Betar.Benchmarks.Harness;

namespace Betar.Benchmarks.Grains;

/// <summary>What the engine under the grains can do.</summary>
internal sealed class GrainsBench : IBench
{
    public string Name => "grains";

    public string Summary => "calls in a silo and between silos, state writes, memory of activations, start of a silo";

    public IReadOnlyList<string> Parts { get; } =
        [StartFigure.Part, ActivationFigure.Part, CallFigures.OneSilo, CallFigures.BetweenSilos, LoneCallFigure.Part, StateWriteFigure.Part];

    public async Task RunAsync(BenchContext context)
    {
        if (context.Wants(StartFigure.Part))
            await StartFigure.AddAsync(context);
        if (context.Wants(ActivationFigure.Part))
            await ActivationFigure.AddAsync(context);
        if (context.Wants(CallFigures.OneSilo))
            await CallFigures.AddOneSiloAsync(context);
        if (context.Wants(CallFigures.BetweenSilos))
            await CallFigures.AddBetweenSilosAsync(context);
        if (context.Wants(LoneCallFigure.Part))
            await LoneCallFigure.AddAsync(context);
        if (context.Wants(StateWriteFigure.Part))
            await StateWriteFigure.AddAsync(context);
    }
}
