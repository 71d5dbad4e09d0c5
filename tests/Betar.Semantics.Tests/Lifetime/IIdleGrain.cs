namespace Betar.Semantics.Tests.Lifetime;

public interface IIdleGrain : IGrainWithStringKey
{
    Task Touch();

    Task Hold(string gate);

    Task Stay(TimeSpan time);
}
