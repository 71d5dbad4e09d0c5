namespace Betar.Semantics.Tests.Cancellation;

public interface IPatientGrain : IGrainWithStringKey, IPlaced
{
    /// <summary>Ends when the token does, and says so.</summary>
    Task<string> Heed(string name, CancellationToken cancellationToken);

    Task Ignore(string name, CancellationToken cancellationToken);

    Task<string> Enter(string name, CancellationToken cancellationToken = default);

    Task<string> Forward(IPatientGrain other, string name, CancellationToken cancellationToken);

    /// <summary>Cancels its own call to the other.</summary>
    Task<string> CancelTheCallTo(IPatientGrain other, string name);

    Task<bool> CanBeCancelled(CancellationToken cancellationToken);
}
