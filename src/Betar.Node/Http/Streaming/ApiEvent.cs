namespace Betar.Node.Http.Streaming;

/// <summary>One event of a stream.</summary>
/// <param name="Kind">Its name.</param>
/// <param name="Data">JSON on one line.</param>
/// <param name="Id">By which a listener that comes back says what it has seen; null: it cannot.</param>
internal sealed record ApiEvent(string Kind, string Data, long? Id = null);
