namespace Betar.X402.Facilitating;

/// <summary>How one exchange with a facilitator ended.</summary>
/// <param name="Body">Its answer; null when there is none that counts.</param>
/// <param name="MayHaveArrived">False only when the request certainly never left.</param>
/// <param name="Wait">It was turned away unread (429): how long until it may come again, where the facilitator says so.</param>
internal readonly record struct FacilitatorExchange(byte[]? Body, bool MayHaveArrived, TimeSpan? Wait = null)
{
    internal static FacilitatorExchange Lost => new(null, true);

    internal static FacilitatorExchange NeverSent => new(null, false);
}
