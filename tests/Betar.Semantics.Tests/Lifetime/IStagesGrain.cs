namespace Betar.Semantics.Tests.Lifetime;

public interface IStagesGrain : IGrainWithStringKey
{
    Task Leave();

    Task Touch();
}
