namespace Betar.Semantics.Tests.Keys;

public interface IIntegerKeyGrain : IGrainWithIntegerKey
{
    Task<long> Key();
}
