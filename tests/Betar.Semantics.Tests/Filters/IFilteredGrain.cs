namespace Betar.Semantics.Tests.Filters;

public interface IFilteredGrain : IGrainWithStringKey
{
    Task<string> Echo(string text);

    Task<string> Through(string text);

    Task<string> Fail(string text);

    Task<int> Number(int number);

    Task Silent(string text);
}
