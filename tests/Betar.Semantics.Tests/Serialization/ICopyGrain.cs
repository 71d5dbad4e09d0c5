using Betar.Semantics.Tests.Serialization.Contracts;

namespace Betar.Semantics.Tests.Serialization;

/// <summary>Calls an echo grain, from a grain.</summary>
public interface ICopyGrain : IGrainWithStringKey, IPlaced
{
    Task<string> SpoilList(IEchoGrain echo);

    Task<string> SpoilHolder(IEchoGrain echo);

    Task<string> SpoilResult(IEchoGrain echo);

    Task<bool> ArrivesAsItself(IEchoGrain echo, string kind);

    Task<string> Catch(IEchoGrain echo, string kind);

    Task<string> SendUnmarked(IEchoGrain echo);
}
