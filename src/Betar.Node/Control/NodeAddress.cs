namespace Betar.Node.Control;

/// <summary>A node somewhere, as its HTTP interface is reached.</summary>
/// <param name="Url">With a slash at its end.</param>
/// <param name="Token">Empty: none is shown.</param>
public sealed record NodeAddress(Uri Url, string Token)
{
    /// <summary>Without the token.</summary>
    public override string ToString() => Url.ToString();
}
