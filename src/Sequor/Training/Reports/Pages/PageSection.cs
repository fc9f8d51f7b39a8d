using Sequor.Training.Reports.Markup;

namespace Sequor.Training.Reports.Pages;

/// <summary>A part of the page with a heading of its own.</summary>
/// <param name="Id">Its id, which the list of contents points to.</param>
/// <param name="Title">Its heading.</param>
/// <param name="IsShown">Whether the report has anything for it.</param>
/// <param name="Write">Writes what stands under the heading.</param>
internal sealed record PageSection(string Id, string Title, bool IsShown, Action<TrainingReport, MarkupWriter> Write);
