using System.Globalization;
using System.Text.Json;

namespace Betar.Benchmarks.Harness;

/// <summary>The two faces of a bench's result: one JSON object, or a table.</summary>
internal static class BenchReport
{
    public static void WriteJson(TextWriter output, string bench, Machine machine, IReadOnlyList<Figure> figures)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("bench", bench);
            WriteMachine(json, machine);
            json.WriteStartArray("figures");
            foreach (Figure figure in figures)
                WriteFigure(json, figure);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        output.WriteLine(System.Text.Encoding.UTF8.GetString(buffer.ToArray()));
    }

    public static void WriteTable(TextWriter output, string bench, Machine machine, IReadOnlyList<Figure> figures)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{bench}: {machine.Cores} cores, {machine.MemoryBytes >> 30} GiB, .NET {machine.Dotnet}, fsync p50 {machine.FsyncP50Us} µs, p99 {machine.FsyncP99Us} µs"));
        string[][] rows =
        [
            ["figure", "median", "min … max", "unit", "goal", "stretch", "met", "baseline", "ratio"],
            .. figures.Select(Row),
        ];
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length))];
        foreach (string[] row in rows)
            output.WriteLine("  " + string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
    }

    private static void WriteMachine(Utf8JsonWriter json, Machine machine)
    {
        json.WriteStartObject("machine");
        json.WriteNumber("cores", machine.Cores);
        json.WriteNumber("memory", machine.MemoryBytes);
        json.WriteString("os", machine.Os);
        json.WriteString("dotnet", machine.Dotnet);
        json.WriteNumber("fsyncP50Us", machine.FsyncP50Us);
        json.WriteNumber("fsyncP99Us", machine.FsyncP99Us);
        json.WriteEndObject();
    }

    private static void WriteFigure(Utf8JsonWriter json, Figure figure)
    {
        json.WriteStartObject();
        json.WriteString("id", figure.Id);
        json.WriteNumber("value", Rounded(figure.Value));
        json.WriteString("unit", figure.Unit);
        if (figure.Goal is { } goal)
        {
            json.WriteNumber("goal", goal.Must);
            if (goal.Stretch is { } stretch)
                json.WriteNumber("stretch", stretch);
            json.WriteString("better", goal.HigherIsBetter ? "higher" : "lower");
            json.WriteBoolean("met", figure.Met!.Value);
        }
        json.WriteNumber("min", Rounded(figure.Min));
        json.WriteNumber("max", Rounded(figure.Max));
        json.WriteNumber("rounds", figure.Rounds.Count);
        if (figure.Baseline is { } baseline)
        {
            json.WriteString("baseline", baseline.What);
            json.WriteNumber("baselineValue", Rounded(baseline.Value));
            json.WriteNumber("ratio", Rounded(figure.Ratio!.Value));
        }
        if (figure.Note is { } note)
            json.WriteString("note", note);
        json.WriteEndObject();
    }

    private static string[] Row(Figure figure) =>
    [
        figure.Id,
        Text(figure.Value),
        $"{Text(figure.Min)} … {Text(figure.Max)}",
        figure.Unit,
        figure.Goal is { } goal ? (goal.HigherIsBetter ? "≥ " : "≤ ") + Text(goal.Must) : "",
        figure.Goal?.Stretch is { } stretch ? Text(stretch) : "",
        figure.Met switch { true => "yes", false => "NO", null => "" },
        figure.Baseline is { } baseline ? $"{baseline.What} ({Text(baseline.Value)})" : "",
        figure.Ratio is { } ratio ? ratio.ToString("0.00", CultureInfo.InvariantCulture) : "",
    ];

    private static string Text(double value) =>
        value.ToString(Math.Abs(value) >= 100 ? "#,0" : "0.##", CultureInfo.InvariantCulture);

    private static double Rounded(double value) => Math.Round(value, value >= 100 ? 0 : 4);
}
