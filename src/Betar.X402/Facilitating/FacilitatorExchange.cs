namespace Betar.X402.Facilitating;

/// <summary>How one exchange with a facilitator ended.</summary>
/// <param name="Body">Its answer; null when there is none that counts.</param>
/// <param name="MayHaveArrived">False only when the request certainly never left.</param>
internal readonly record struct FacilitatorExchange(byte[]? Body, bool MayHaveArrived)
{
    internal static FacilitatorExchange Lost => new(null, true);

    internal static FacilitatorExchange NeverSent => new(null, false);
}
