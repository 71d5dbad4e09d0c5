namespace Betar.Semantics.Tests.Filters;

/// <summary>Filters its own calls, inside those of the silo.</summary>
public sealed class FilteredGrain : SceneGrain, IFilteredGrain, IIncomingGrainCallFilter
{
    public Task<string> Echo(string text)
    {
        Scene.Note("method");
        return Task.FromResult(text);
    }

    public Task<string> Through(string text) => GrainFactory.GetGrain<IFilteredGrain>(Key + "/behind").Echo(text);

    public Task<string> Fail(string text) => throw new InvalidOperationException(text);

    public Task<int> Number(int number) => Task.FromResult(number);

    public Task Silent(string text) => Task.CompletedTask;

    public async Task Invoke(IIncomingGrainCallContext context)
    {
        Scene.Note("grain in");
        await context.Invoke();
        Scene.Note("grain out");
        if (context.Result is "replace me")
        {
            context.Result = "replaced by the grain";
        }
    }
}
