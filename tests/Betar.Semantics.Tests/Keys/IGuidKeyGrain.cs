namespace Betar.Semantics.Tests.Keys;

public interface IGuidKeyGrain : IGrainWithGuidKey
{
    Task<Guid> Key();
}
