namespace Betar.Semantics.Tests.Contexts;

public sealed class ContextGrain : SceneGrain, IContextGrain
{
    public Task<string?> Get(string name) => Task.FromResult(RequestContext.Get(name)?.ToString());

    public Task<string?> GetThrough(IContextGrain other, string name) => other.Get(name);

    public Task SetAndReturn(string name, string value)
    {
        RequestContext.Set(name, value);
        return Task.CompletedTask;
    }

    public async Task<string> SetAndAsk(IContextGrain other, string name, string value)
    {
        RequestContext.Set(name, value);
        var set = await other.Get(name);
        RequestContext.Remove(name);
        var removed = await other.Get(name);
        return $"{set} then {removed ?? "nothing"}";
    }

    public Task<int> Entries() => Task.FromResult(RequestContext.Entries.Count());

    public async Task<string?> GetAfterAwait(string name)
    {
        await Task.Yield();
        await Scene.Gate(name);
        return RequestContext.Get(name)?.ToString();
    }
}
