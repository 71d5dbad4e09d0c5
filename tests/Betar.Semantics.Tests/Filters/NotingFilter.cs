namespace Betar.Semantics.Tests.Filters;

/// <summary>Notes that a call went in and came out.</summary>
public sealed class NotingFilter(string name) : IIncomingGrainCallFilter, IOutgoingGrainCallFilter
{
    public Task Invoke(IIncomingGrainCallContext context) => Run(context);

    public Task Invoke(IOutgoingGrainCallContext context) => Run(context);

    async Task Run(IGrainCallContext context)
    {
        if (context.InterfaceMethod?.DeclaringType != typeof(IFilteredGrain))
        {
            await context.Invoke();
            return;
        }

        var scene = Scene.Of(context.TargetId.Key.ToString()!);
        scene.Note($"{name} in");
        try
        {
            await context.Invoke();
            scene.Note($"{name} out");
        }
        catch (InvalidOperationException)
        {
            scene.Note($"{name} saw an exception");
            throw;
        }
    }
}
