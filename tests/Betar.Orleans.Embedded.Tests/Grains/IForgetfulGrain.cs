using Orleans;

namespace Betar.Orleans.Embedded.Tests;

/// <summary>Leaves something in an async local.</summary>
public interface IForgetfulGrain : IGrainWithStringKey
{
    Task<string?> Leave(string text);

    Task<string?> Find();
}
