using Betar.Grains.Abstractions.Buying;

namespace Betar.Grains.Buying;

/// <summary>An amount set aside for one purchase.</summary>
[GenerateSerializer, Immutable, Alias("betar.reservation")]
public sealed record Reservation
{
    [Id(0)] public required string Payee { get; init; }
    [Id(1)] public required string Amount { get; init; }
    [Id(2)] public required string MandateId { get; init; }
    [Id(3)] public required DateTimeOffset At { get; init; }

    public bool IsFor(SpendRequest request) =>
        (Payee, Amount, MandateId) == (request.Payee, request.Amount, request.MandateId);
}
