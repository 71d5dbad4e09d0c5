using System.Text.Json;

namespace Betar.Node.Control;

/// <summary>Answers one method as a <see cref="ControlHandler"/> does, and hands on pieces of the answer as they come. They are not yet the answer.</summary>
public delegate Task<ControlAnswer> StreamedHandler(JsonElement arguments, Func<string, ValueTask> partial, CancellationToken cancellation);
