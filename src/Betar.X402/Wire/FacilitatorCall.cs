namespace Betar.X402.Wire;

/// <summary>The body of <c>/verify</c> and <c>/settle</c>.</summary>
public sealed record FacilitatorCall
{
    public required PaymentPayload Payment { get; init; }

    /// <summary>What the resource server asks for. Nothing in it is trusted.</summary>
    public required Requirement Requirement { get; init; }

    /// <summary>Version 1 carries the resource in the requirement.</summary>
    public ResourceInfo? Resource { get; init; }
}
