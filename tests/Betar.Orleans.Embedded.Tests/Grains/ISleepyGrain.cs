using Orleans;

namespace Betar.Orleans.Embedded.Tests;

/// <summary>Never gets up by itself.</summary>
public interface ISleepyGrain : IGrainWithStringKey
{
    Task Wake();
}
