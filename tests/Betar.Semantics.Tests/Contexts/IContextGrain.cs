namespace Betar.Semantics.Tests.Contexts;

public interface IContextGrain : IGrainWithStringKey, IPlaced
{
    Task<string?> Get(string name);

    Task<string?> GetThrough(IContextGrain other, string name);

    Task SetAndReturn(string name, string value);

    Task<string> SetAndAsk(IContextGrain other, string name, string value);

    Task<int> Entries();

    Task<string?> GetAfterAwait(string name);
}
