namespace Betar.Storage.Sessions;

/// <summary>An exchange as it was recorded.</summary>
public sealed record RecordedExchange(long Sequence, DateTimeOffset At, SessionExchange Exchange);
