using Betar.X402.Wire;

namespace Betar.X402.Facilitating;

/// <summary>Judges payments and brings them onto their chains: in this process, or somewhere else.</summary>
public interface IFacilitator
{
    Task<VerifyResponse> VerifyAsync(FacilitatorCall call, CancellationToken cancellationToken);

    /// <param name="attempt">
    /// Names the caller's wish, so that its own repeat is told from somebody else's replay: a repeat gets the first outcome, a replay is
    /// refused. Null: nobody can repeat.
    /// </param>
    Task<SettleResponse> SettleAsync(FacilitatorCall call, string? attempt, CancellationToken cancellationToken);

    Task<SupportedKinds> SupportedAsync(CancellationToken cancellationToken);
}
