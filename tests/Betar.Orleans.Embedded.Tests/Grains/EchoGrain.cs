using Orleans;

namespace Betar.Orleans.Embedded.Tests;

public sealed class EchoGrain : Grain, IEchoGrain
{
    public Task<string> Echo(string text) => Task.FromResult(text);

    public Task<string> WhereAreYou() => Task.FromResult(RuntimeIdentity);
}
