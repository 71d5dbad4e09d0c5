namespace Betar.Semantics.Tests.Keys;

/// <summary>No class implements it.</summary>
public interface INobodyGrain : IGrainWithStringKey
{
    Task Nothing();
}
