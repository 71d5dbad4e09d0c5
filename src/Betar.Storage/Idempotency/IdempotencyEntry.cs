namespace Betar.Storage.Idempotency;

/// <summary>What is known of a key.</summary>
/// <param name="State">How the request stands to those before it.</param>
/// <param name="Answer">Of the first, once that is done.</param>
public sealed record IdempotencyEntry(IdempotencyState State, KeptAnswer? Answer = null);
