using System.Text.Json.Nodes;

namespace Betar.Interop.Tests.Partner;

internal static class JsonExtensions
{
    public static string Text(this JsonObject answer, string name) => answer[name]!.GetValue<string>();

    public static int Int(this JsonObject answer, string name) => answer[name]!.GetValue<int>();

    public static bool Is(this JsonObject answer, string name) => answer[name]!.GetValue<bool>();

    public static byte[] Bytes(this JsonObject answer, string name) => Convert.FromHexString(answer.Text(name));

    public static string[] Strings(this JsonNode? list) => [.. list!.AsArray().Select(item => item!.GetValue<string>())];
}
