using Orleans;

namespace Betar.Orleans.Embedded.Tests;

/// <summary>Grains for counting: each says where it lives.</summary>
public interface IListedGrain : IGrainWithStringKey
{
    Task<string> Where();
}
