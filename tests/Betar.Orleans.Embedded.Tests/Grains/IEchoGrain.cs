using Orleans;

namespace Betar.Orleans.Embedded.Tests;

public interface IEchoGrain : IGrainWithStringKey
{
    Task<string> Echo(string text);

    Task<string> WhereAreYou();
}
