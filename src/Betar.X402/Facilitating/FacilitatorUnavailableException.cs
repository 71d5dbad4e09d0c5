namespace Betar.X402.Facilitating;

/// <summary>A facilitator that cannot be asked at all.</summary>
public sealed class FacilitatorUnavailableException : Exception
{
    public FacilitatorUnavailableException() { }

    public FacilitatorUnavailableException(string message) : base(message) { }

    public FacilitatorUnavailableException(string message, Exception innerException) : base(message, innerException) { }
}
