namespace Betar.Semantics.Tests.Lifetime;

public interface ILifeGrain : IGrainWithStringKey, IPlaced
{
    Task<int> Count();

    Task<string> ActivationId();

    Task Leave();

    Task LeaveAndWait(string gate);

    Task Stay(TimeSpan time);

    Task FailOnLeaving();
}
