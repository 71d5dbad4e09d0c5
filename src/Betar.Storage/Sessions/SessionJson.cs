using System.Text.Json.Serialization;

namespace Betar.Storage.Sessions;

/// <summary>The bodies of exchanges as bytes.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(ExchangeBody))]
internal sealed partial class SessionJson : JsonSerializerContext;
