using System.Text.Json;

namespace Betar.Node.Control;

/// <summary>Answers one control method. <paramref name="arguments"/> is an object, empty when the caller sent none.</summary>
public delegate Task<ControlAnswer> ControlHandler(JsonElement arguments, CancellationToken cancellation);
