using System.Text.Json.Nodes;

namespace Betar.Benchmarks.Harness;

/// <summary>A process of ours that is driven by JSON lines, as the js partner is: one command after the other, until the input ends.</summary>
internal static class LinePeer
{
    public static async Task<int> RunAsync(Func<JsonObject, Task<JsonObject>> run, TextReader input, TextWriter output)
    {
        while (await input.ReadLineAsync() is { } line)
        {
            var command = JsonNode.Parse(line)!.AsObject();
            JsonObject answer;
            try
            {
                answer = await run(command);
                answer["ok"] = true;
            }
            catch (Exception error)
            {
                answer = new JsonObject { ["ok"] = false, ["error"] = new JsonObject { ["name"] = error.GetType().Name, ["message"] = error.ToString() } };
            }

            answer["id"] = command["id"]!.GetValue<int>();
            await output.WriteLineAsync(answer.ToJsonString());
            await output.FlushAsync();
        }

        return 0;
    }
}
